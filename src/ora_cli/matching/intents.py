"""The intents of a question: whether it wants to know the cause, the cost, the duration, the safety.

Two questions with the same subject and different intents are different questions.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

# Each intent with the stems that express it.
_INTENTS = {
    "cause": "caus why reason due becaus trigger lead",
    "treatment": "treat treatment cure curabl remedi medicin medic reliev relief manag fix help subsid overcom",
    "removal": "rid remov reduc lose",
    "prevention": "prevent avoid protect stop",
    "cost": "cost price pai expens cheap afford",
    "duration": "long durat last outlook prognosi",
    "time": "when soon quickli fast time dai week month hour",
    "symptom": "symptom sign",
    "contagion": "contagi infecti",
    "test": "diagnos diagnosi test detect check",
    "meaning": "mean definit defin differ",
    "safety": "safe safeti danger risk riski harm bad worri concern normal seriou complic warn precaut",
    "effect": "side effect affect",
    "efficacy": "work worth result benefit review success",
    "chance": "possibl chanc like",
    "choice": "which best better versu",
    "amount": "dose dosag much mani often frequent",
    "food": "eat food diet drink",
    "doctor": "doctor hospit er appoint see",
    "pregnancy": "pregnant pregnanc breastfeed",
    "child": "child children babi kid",
    "surgery": "surgeri oper procedur",
    "recovery": "recov recoveri downtim heal",
    "what": "what",
    "how": "how",
    "growth": "improv increas boost gain grow",
}
# How headings tell of an intent in words that no question has for it, as stems.
_IN_HEADINGS = {
    "treatment": ("you can do", "doctor can do"),
    "symptom": ("recognis", "recogn"),
    "safety": ("go wrong", "goe wrong"),
    "recovery": ("afterward",),
    "contagion": ("spread", "catch", "caught"),
}
OPEN_INTENTS = frozenset({"what", "how", "meaning"})
"""Intents that say nothing of what is wanted."""
# Intents that articles do not tell apart: side effects are risks, and to get rid of something is its treatment.
_TOLD_AS = {"effect": "safety", "removal": "treatment"}
_INTENT_OF = {stem: intent for intent, stems in _INTENTS.items() for stem in stems.split()}


def same_intent(term: str) -> Sequence[str]:
    """Return the stems that express the same intent as this one, itself among them; none if it expresses no intent."""
    return _INTENTS[_INTENT_OF[term]].split() if term in _INTENT_OF else ()


def intents(terms: Iterable[str]) -> frozenset[str]:
    """Return the intents that these stems express."""
    return frozenset(_INTENT_OF[term] for term in terms if term in _INTENT_OF)


def as_told(found: Iterable[str]) -> frozenset[str]:
    """Return the intents with those that articles do not tell apart as one."""
    return frozenset(_TOLD_AS.get(intent, intent) for intent in found)


def intents_of_heading(stems: Sequence[str]) -> frozenset[str]:
    """Return the intents that a heading meets, in its own words or in those of a question."""
    written = f" {' '.join(stems)} "
    own = (intent for intent, phrases in _IN_HEADINGS.items() if any(f" {phrase} " in written for phrase in phrases))
    return intents(stems).union(own)
