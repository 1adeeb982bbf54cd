"""Results to text: one module for each output format, none of which ranks or reads anything."""
