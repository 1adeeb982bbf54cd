"""What a question wants to know: two that differ in it are different questions."""

from __future__ import annotations

import pytest
from written import article, index_of

from ora_cli.index.vocabulary import Vocabulary
from ora_cli.matching.intents import intents

# A question of the kind that people ask, and all it wants to know.
WANTED = {
    "why does it itch": {"cause"},
    "the reason for itching": {"cause"},
    "does it trigger itching": {"cause"},
    "the best treatment": {"choice", "treatment"},
    "is there a cure or a remedy": {"treatment"},
    "get rid of it": {"removal"},
    "can I avoid it": {"prevention"},
    "is it expensive": {"cost"},
    "the price": {"cost"},
    "does it last long": {"duration"},
    "when can I swim": {"time"},
    "after how many weeks": {"how", "amount", "time"},
    "the first signs": {"symptom"},
    "is it contagious": {"contagion"},
    "what are the complications": {"what", "safety"},
    "is there a test": {"test"},
    "definition": {"meaning"},
    "is it safe or harmful": {"safety"},
    "side effects": {"effect"},
    "is it possible": {"chance"},
    "which one": {"choice"},
    "how much": {"how", "amount"},
    "dosage": {"amount"},
    "can I eat": {"food"},
    "see a doctor": {"doctor"},
    "while pregnant": {"pregnancy"},
    "for kids": {"child"},
    "is surgery needed": {"surgery"},
    "what is it": {"what"},
    "how does it work": {"how", "efficacy"},
    "does it increase": {"growth"},
    "zorbel and marnik": set(),
}


@pytest.mark.parametrize("question", WANTED)
def test_intents_of_a_question(question: str) -> None:
    """They show in its words, whatever their form."""
    vocabulary = Vocabulary(index_of([article("zorbel")]))
    assert intents(vocabulary.terms_of(question)) == WANTED[question]
