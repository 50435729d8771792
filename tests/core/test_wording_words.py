import pandas as pd

from nps_core.comments.contrast import contrast
from nps_core.comments.emergent import Emergent
from nps_core.wording.words import contrast_sentence, emergent_sentence


def table(*rows):
    """Rows of word, the group's share, the other group's, who says more or ''; the surest first."""
    frame = pd.DataFrame(rows, columns=["word", "group_share", "against_share", "says_more"])
    return frame.assign(distinctive=frame["says_more"] != "")


def said(*rows, n=300):
    return contrast_sentence(table(*rows), "passive", "promoter", n, 400)


def test_the_surest_word_is_told_with_its_shares():
    # .12/.04 = 3
    assert said(("waiting", 0.12, 0.04, "passive")) == "Passives use “waiting” 3 times as often as promoters (12% against 4%)."
    assert "“slow” twice as often as promoters (10% against 5%)" in said(("slow", 0.10, 0.05, "passive"))
    assert "“slow” 1.5 times as often" in said(("slow", 0.30, 0.20, "passive"))
    assert "(4% against 0.2%)" in said(("slow", 0.04, 0.002, "passive"))
    assert said(("dear", 0.03, 0.0, "passive")) == "Passives use “dear”, promoters never do (3% against 0%)."


def test_more_words_are_named_up_to_two():
    rows = [(f"w{i}", 0.12, 0.04, "passive") for i in range(5)]
    assert said(*rows[:2]).endswith(" Passives also use “w1” more often.")
    assert said(*rows).endswith(" Passives also use “w1”, “w2” and 2 other words more often.")


def test_words_of_the_other_group_alone():
    assert said(("easy", 0.05, 0.20, "promoter")) == (
        "No word is more typical of passives than of promoters. "
        "Promoters use “easy” 4 times as often as passives (20% against 5%)."
    )


def test_nothing_beyond_chance():
    nothing = ("easy", 0.05, 0.06, "")
    assert said(nothing, n=50) == ("No word sets passives apart from promoters beyond chance: 50 comments are too few to tell.")
    assert said(nothing, n=300) == "No word sets passives apart from promoters beyond chance: both use much the same words."
    assert said(nothing, n=1).endswith("1 comment is too few to tell.")
    assert said(nothing, n=0) == "There are no comments by passives, so there is nothing to compare."


def test_fifty_comments_are_too_few():
    rows = [
        (text, group)
        for group, often in (("passive", 6), ("promoter", 2))
        for text in ["waiting"] * often + ["fine"] * (50 - often)
    ]
    frame = pd.DataFrame(rows, columns=["text", "group"]).assign(language="en", count=1)
    found = contrast(frame, "passive", "promoter")
    assert len(found)
    # three times as many, yet p = .27
    assert contrast_sentence(found, "passive", "promoter", 50, 50).endswith("50 comments are too few to tell.")


def test_words_that_occur_together():
    def found(*groups):
        return Emergent(pd.DataFrame(groups, columns=["words", "comments", "example"]), 2100, "" if groups else "chance")

    assert emergent_sentence(found((("meter", "reading"), 40, 7))) == (
        "40 comments without a theme hold “meter” and “reading” together, more than chance explains."
    )
    three = emergent_sentence(found((("a", "b", "c"), 40, 7), (("d", "e"), 9, 8)))
    assert "hold two or more of “a”, “b” and “c” together" in three
    assert three.endswith("There is 1 more such group.")
    assert emergent_sentence(found((tuple("abcdefg"), 40, 7))).count("“") == 5
    assert "no words occur together more often" in emergent_sentence(found())
    few = Emergent(pd.DataFrame(), 899, "few")
    assert emergent_sentence(few) == "Looking for new themes takes 900 different comments without a theme; here there are 899."
