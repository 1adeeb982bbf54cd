"""A linear model that sees signs of danger in a message: words, pairs of words and groups speak for a sign or against.

The weights are in data/danger/weights.txt, for people to look up too; benchmarks/fit_red_flags.py fits them.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache, partial
from itertools import combinations, pairwise, starmap
from operator import attrgetter
from typing import NamedTuple

from ora_cli.paths import bundled_text
from ora_cli.text.informal import ASKED, END, informal_words
from ora_cli.text.phonetics import phonetic_key, phonetic_keys
from ora_cli.text.sorted_lines import SortedLines
from ora_cli.text.word_groups import Hit, WordGroups, bundled_groups, denied
from ora_cli.text.words import FUNCTION_WORDS, is_english

CALM = "calm"
"""What the model calls a message without a sign of danger."""

# A sign that there is only in pregnancy, so only where a word, or how far on somebody is, tells of one: many itch.
_IN_PREGNANCY, _PREGNANT = "pregnancy-itch", "<pregnant>"
_PREGNANCY = frozenset(
    """
    antenatal baby babys belle birth bub bump deliver delivery due foetus ftm gestation maternity midwife obgyn placenta
    preggers preggo preggy prenatal scan term tri trimester twins
    """.split()  # noqa: SIM905 -- a list of single words would be harder to read
)
_WEEKS = frozenset(
    (*map(str, range(12, 43)), "twelve", "fourteen", "fifteen", "sixteen", "eighteen", "twenty", "thirty", "forty")
)
_MONTHS = frozenset({*"56789", "five", "six", "seven", "eight", "nine", "fifth", "sixth", "seventh", "eighth", "ninth"})
# "33+4" is read as two numbers, "33w" as "33 with".
_DAYS = frozenset({*"0123456", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"})
_UNITS = frozenset({"week", "weeks", "w", "with"})
_AHEAD = frozenset({"to", "left", "until", "till"})

# How much a feature of each kind counts in a message before its weight: there are many pairs, and "been" says little.
WORD, FUNCTION_WORD, WORD_PAIR, GROUP, GROUP_PAIR, SHAPE = 1.0, 0.4, 0.6, 1.0, 0.35, 0.7
# What says when, how or by whom something is told; a negation before it denies something else.
_CIRCUMSTANCES = frozenset(
    {
        *("past", "recovered", "hearsay", "study", "plan", "general question", "feel fine", "mild", "joke", "negation"),
        *("product shop", "now", "has it", "since", "keeps", "worse", "help", "clinic ignores", "family", "client"),
    }
)
_SHORT, _LONG = 7, 25
# A long message is read in parts that overlap, for danger may hide in one line of a story. What many parts are looked
# at for must be surer: one of them looks like danger sooner or later.
_LONGEST_WHOLE, _PART, _STEP = 80, 25, 12
_SURE = 0.95
# From this probability on, a message may tell of danger: what an article calls urgent stands first then.
_MAY_TELL = 0.1
_MOST_WORDS = 2000
_SHORTEST_MENDED = 4
_ALIKE, _ALIKE_IN_SOUND = 0.8, 0.6
_KEPT_FEATURES = 20_000
_VOWELS = str.maketrans("", "", "aeiouyhw")


class Sign(NamedTuple):
    """A sign that the model sees in a message, and how probable it is that there is danger."""

    key: str
    probability: float


class Model(NamedTuple):
    """The weights of each feature by sign, what each sign starts from, and the probability that counts as danger."""

    weights: Mapping[str, Sequence[tuple[str, float]]]
    start: Mapping[str, float]
    threshold: float

    def probabilities(self, found: Mapping[str, float]) -> dict[str, float]:
        """Return the probability of each sign, and of none, given the features of a message.

        Features without a weight count in the length too: a message of mostly unknown words is not decided by a few.
        """
        scores = dict.fromkeys(self.start, 0.0)
        for feature, value in found.items():
            for sign, weight in self.weights.get(feature, ()):
                scores[sign] += value * weight
        length = math.hypot(*found.values()) or 1.0
        highest = max(score / length + self.start[sign] for sign, score in scores.items())
        powers = {sign: math.exp(score / length + self.start[sign] - highest) for sign, score in scores.items()}
        total = sum(powers.values())
        return {sign: power / total for sign, power in powers.items()}

    def seen(self, text: str) -> Sign | None:
        """Return the sign of danger in a message, or None."""
        words = informal_words(text)[:_MOST_WORDS]
        sign, least = self._likeliest(words), self.threshold
        if len(words) > _LONGEST_WHOLE:
            least = max(least, _SURE)
        return sign if sign.probability >= least else None

    def may_tell(self, text: str) -> bool:
        """Return whether a message may tell of danger, though too little for a notice of its own."""
        words = informal_words(text)[:_MOST_WORDS]
        least = _MAY_TELL if len(words) <= _LONGEST_WHOLE else self.threshold
        return self._likeliest(words).probability >= least

    def _likeliest(self, words: Sequence[str]) -> Sign:
        """Return the sign that a message, or a part of it if it is long, has if it tells of danger."""
        parts = [words] if len(words) <= _LONGEST_WHOLE else _parts(words)
        return max(map(self.most_probable, parts), key=attrgetter("probability"))

    def most_probable(self, words: Sequence[str]) -> Sign:
        """Return the sign that a message has if it tells of danger, with the probability that it does."""
        found = features(words)
        probabilities = self.probabilities(found)
        del probabilities[CALM]
        if _PREGNANT not in found:
            probabilities.pop(_IN_PREGNANCY, None)
        return Sign(max(probabilities, key=probabilities.__getitem__), sum(probabilities.values()))


@cache
def bundled_model() -> Model:
    """Return the model that comes with the program."""
    return read_model(bundled_text("danger/weights.txt"))


def read_model(text: str) -> Model:
    """Return the model of a file: after its remarks three paragraphs, of the threshold, the signs and the features."""
    _, threshold, signs, features = text.split("\n\n", 3)  # the features are long: no need to search them for more
    return Model(_Weights(features), dict(_pairs(signs.split("\n"))), float(threshold))


class _Weights(Mapping[str, Sequence[tuple[str, float]]]):
    """The weights of each feature by sign, in sorted lines, each with an end.

    A message has some sixty of nine thousand features, so that reading them all would take longer than the answer.
    """

    def __init__(self, lines: str) -> None:
        self._lines = SortedLines(lines)
        self._found = lru_cache(maxsize=_KEPT_FEATURES)(self._find)

    def __getitem__(self, feature: str) -> Sequence[tuple[str, float]]:
        if weights := self._found(feature):
            return weights
        raise KeyError(feature)

    def _find(self, feature: str) -> Sequence[tuple[str, float]]:
        """Return the weights of a feature, none if it has no line."""
        start = f"{feature}\t"
        line = self._lines.starting(start)
        return tuple(_pairs(line[len(start) :].split(", "))) if line else ()

    def __iter__(self) -> Iterator[str]:
        return (line.partition("\t")[0] for line in self._lines.text.splitlines())

    def __len__(self) -> int:
        return self._lines.text.count("\n")


def _pairs(texts: Iterable[str]) -> Iterator[tuple[str, float]]:
    """Yield each sign with its weight, as in "burn +1.5"."""
    for text in texts:
        sign, _, weight = text.rpartition(" ")
        yield sign, float(weight)


def seen_sign(text: str) -> Sign | None:
    """Return the sign of danger in a message, or None."""
    return bundled_model().seen(text)


def may_tell_of_danger(text: str) -> bool:
    """Return whether a message may tell of danger, though too little for a notice of its own."""
    return bundled_model().may_tell(text)


def _parts(words: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield parts of a long message that overlap by half, each of whole sentences as far as these are short."""
    ends = [place + 1 for place, word in enumerate(words) if word in (END, ASKED)]
    start = 0
    while len(words) - start > _PART:
        yield words[start : _last(ends, start + _STEP, start + _PART)]
        start = _last(ends, start + 1, start + _STEP)
    yield words[start:]


def _last(places: Sequence[int], first: int, last: int) -> int:
    """Return the last of the places from the first to the last, or the last itself."""
    return max((place for place in places if first <= place <= last), default=last)


def features(typed: Sequence[str]) -> dict[str, float]:
    """Return the features of a message, as `informal_words` reads it, each with how much it counts."""
    words = [mended(word) for word in typed]
    hits = groups().hits(words)
    found = {word: FUNCTION_WORD if word in FUNCTION_WORDS else WORD for word in words}
    found |= {f"{one} {next_one}": WORD_PAIR for one, next_one in pairwise(words)}
    named = _named(words, hits)
    found |= dict.fromkeys(named, GROUP)
    found |= {f"{one} + {other}": GROUP_PAIR for one, other in combinations(named, 2)}
    found |= dict.fromkeys(_shape(words), SHAPE)
    if _tells_of_pregnancy(words, hits):
        found[_PREGNANT] = GROUP
    return found


def _tells_of_pregnancy(words: Sequence[str], hits: Iterable[Hit]) -> bool:
    """Return whether a message has a word of pregnancy, or how far on somebody is."""
    return (
        not _PREGNANCY.isdisjoint(words)
        or any(hit.group == "pregnant" for hit in hits)
        or any(starmap(_how_far_on, pairwise(words)))
    )


def _how_far_on(one: str, other: str) -> bool:
    """Return whether two words may say how far on a pregnancy is: "31 weeks", "33 4", "month eight", "weeks to"."""
    return (
        (one in _WEEKS and (other in _UNITS or other in _DAYS))
        or (one == "week" and other in _WEEKS)
        or (one in _MONTHS and other in ("month", "months"))
        or (one == "month" and other in _MONTHS)
        or (one in ("weeks", "months") and other in _AHEAD)
    )


def _named(words: Sequence[str], hits: set[Hit]) -> list[str]:
    """Return the groups in a message, in order, those that are only denied with "no"."""
    without = {hit for hit in denied(words, hits) if hit.group not in _CIRCUMSTANCES}
    there = {hit.group for hit in hits - without}
    lacking = {hit.group for hit in without} - there
    return sorted([f"{{{group}}}" for group in there] + [f"{{no {group}}}" for group in lacking])


def _shape(words: Sequence[str]) -> Iterator[str]:
    """Yield how a message begins and ends, and how long it is."""
    yield "<short>" if len(words) < _SHORT else "<medium>" if len(words) < _LONG else "<long>"
    if words:
        yield f"<begins: {words[0]}>"
        yield f"<begins: {' '.join(words[:2])}>"
        if words[-1] == ASKED:
            yield "<ends: ?>"


@cache
def groups() -> WordGroups:
    """Return the groups of words that come with the program, ready to be found."""
    return WordGroups(bundled_groups().items())


@lru_cache(maxsize=10_000)
def mended(word: str) -> str:
    """Return a word as it is meant: one that is not English and in no group may be misspelt from a word of a group."""
    if len(word) < _SHORTEST_MENDED or not (word.isalpha() and word.isascii()) or word in (END, ASKED):
        return word
    if is_english(word) or groups().knows(word):
        return word
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    by_sound, by_letter = _vocabulary()
    nearest = partial(process.extractOne, word, scorer=OSA.normalized_similarity)
    same_sound = by_sound.get(_consonants(phonetic_key(word)), ())
    best = nearest(same_sound, score_cutoff=_ALIKE_IN_SOUND) or nearest(by_letter.get(word[0], ()), score_cutoff=_ALIKE)
    return str(best[0]) if best else word


@cache
def _vocabulary() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Return the words of all groups by their consonants as they sound, and by their first letter."""
    known = sorted(word for word in groups().vocabulary() if len(word) >= _SHORTEST_MENDED and word.isalpha())
    by_sound: dict[str, list[str]] = {}
    by_letter: dict[str, list[str]] = {}
    for word, key in zip(known, phonetic_keys(known), strict=True):
        by_sound.setdefault(_consonants(key), []).append(word)
        by_letter.setdefault(word[0], []).append(word)
    return by_sound, by_letter


def _consonants(key: str) -> str:
    """Return a phonetic key without the vowels after its first letter, and "in" for "ing": "swelin" is "swelling"."""
    if key.endswith("ng"):
        key = key[:-1]
    return key[:1] + key[1:].translate(_VOWELS)
