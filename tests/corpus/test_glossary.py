"""Every name in the ledger is explained, and only rules that exist can be switched off."""

import ast
from pathlib import Path

import pytest

import analysis as an
from analysis.corpus.config import read_config
from analysis.corpus.glossary import FLAGS, RULES, STEPS, meaning_of_flag, meaning_of_step
from analysis.errors import InputError
from analysis.text import learned, lines

TEXT = Path(lines.__file__).parent


def _rules_in_the_source() -> set[str]:
    """Find the names that are given to spans, wherever the cleaner writes one out."""
    found = {rule for rule, _, _ in lines._RULES} | {"comment_form"}
    found |= {
        learned.LearnedLine(share, kind).rule for share in (0.0, 1.0) for kind in ("clutter", "section")
    }
    for path in TEXT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                arguments = {"Span": node.args[2:3], "Removal": node.args[1:2]}.get(node.func.id, [])
                found |= {
                    a.value for a in arguments if isinstance(a, ast.Constant) and isinstance(a.value, str)
                }
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
                target = node.targets[0]
                name = target.value if isinstance(target, ast.Subscript) else target
                named = isinstance(name, ast.Name) and name.id in ("rule", "rules")
                found |= {node.value.value} if named and isinstance(node.value.value, str) else set()
    return found - {""}


def test_every_rule_the_cleaner_writes_has_its_sentence() -> None:
    assert _rules_in_the_source() - RULES.keys() == set()


def test_every_flag_written_out_in_the_cleaner_has_its_sentence() -> None:
    source = "".join(p.read_text(encoding="utf-8") for p in TEXT.rglob("*.py"))
    assert [f for f in FLAGS if f'"{f}"' not in source and f != "date_from_copy"] == []


def test_the_rules_are_a_table_with_what_becomes_of_each_piece() -> None:
    table = an.rules().table
    assert list(table.columns) == ["rule", "becomes", "meaning"]
    assert set(table.becomes) == {"field", "repeat", "dropped"}
    assert table.meaning.str.len().min() > 10


def test_a_flag_of_a_family_names_its_rule_and_an_unknown_one_is_still_words() -> None:
    assert "the rule read_more" in meaning_of_flag("removal_over_half:read_more")
    assert meaning_of_flag("language_unsure") == "something about its language is doubtful: unsure"
    assert meaning_of_flag("new_kind:of_flag") == "new kind: of flag"
    assert meaning_of_step("some_new_step") == "some new step"
    assert all(STEPS.values())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('"Day Star" = ["learned_clutter"]', "'learned_clutter'.*Did you mean 'learned'"),
        ('"Day Star" = ["read-more"]', "Did you mean 'read_more'"),
        ('"Day Star" = ["space"]', "cannot be switched off"),
        ('"Day Star" = [3]', "a list of strings"),
    ],
)
def test_a_rule_that_does_not_exist_cannot_be_switched_off(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "corpus.toml").write_text(f"[cleaning.off]\n{text}\n")
    with pytest.raises(InputError, match=said):
        read_config(tmp_path / "corpus.toml")


@pytest.mark.parametrize("text", ['[cleaning]\noff = ["share"]', "[cleaning.of]\nx = []", "cleaning = 3"])
def test_a_table_of_another_shape_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "corpus.toml").write_text(text)
    with pytest.raises(InputError, match="cleaning"):
        read_config(tmp_path / "corpus.toml")


def test_every_rule_but_space_can_be_switched_off(tmp_path: Path) -> None:
    names = [n for n in RULES if n != "space"]
    (tmp_path / "corpus.toml").write_text(f'[cleaning.off]\n"*" = {names}\n'.replace("'", '"'))
    assert read_config(tmp_path / "corpus.toml").cleaning_off == {"*": tuple(names)}


def test_the_rules_named_in_the_guide_exist() -> None:
    guide = (Path(__file__).resolve().parents[2] / "docs" / "add-a-corpus.md").read_text(encoding="utf-8")
    block = guide.split("[cleaning.off]")[1].split("\n")[1]
    assert set(ast.literal_eval(block.split("=")[1].strip())) <= RULES.keys()
