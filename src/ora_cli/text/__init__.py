"""Words, cleaning, stems, phonetics and wording; nothing here knows of articles."""
