"""How pages of articles look: one table of classes, used inline in JupyterLab and as a style sheet in reports.

Inline, because JupyterLab has no style sheet of ours; as a sheet, because reports take `style` attributes out.
Colours are see-through and text keeps the colour around it, so that both read well on light and on dark. Not for the
look of reports themselves.
"""

from analysis import escape

_SANS = "font-family:system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans','DejaVu Sans',sans-serif;"
# What becomes of a removed piece, by colour and depth: see `glossary.Rule`.
_COLOURS = {"dropped": ("213,94,0", 0.14), "field": ("0,114,178", 0.16), "repeat": ("128,128,128", 0.22)}


def _tint(colour: str, alpha: float) -> str:
    return f"background:rgba({colour},{alpha});border-radius:2px"


def _struck(colour: str) -> str:
    line = f"text-decoration-color:rgba({colour},.85);text-decoration-thickness:1px"
    return f";text-decoration:line-through;{line}"


STYLES: dict[str, str] = {
    "an-page": "max-width:60em;margin:.6em 0 1.4em;line-height:1.55;"
    "font-family:Charter,'Bitstream Charter','Noto Serif',Cambria,Georgia,serif;font-size:1rem",
    "an-title": "font-size:1.35em;font-weight:700;line-height:1.25;margin:0 0 .25em",
    "an-standfirst": "font-style:italic;margin:0 0 .4em;max-width:46em",
    "an-facts": _SANS + "font-size:.8em;opacity:.75;margin:.2em 0 .7em;overflow-wrap:anywhere",
    "an-box": _SANS + "font-size:.8em;line-height:1.45;margin:.5em 0;padding:.45em .8em;max-width:60em;"
    "border-left:3px solid rgba(128,128,128,.6);background:rgba(128,128,128,.1)",
    "an-corrected": _SANS + "font-size:.8em;line-height:1.45;margin:.5em 0;padding:.45em .8em;max-width:60em;"
    "border-left:3px solid rgba(0,158,115,.9);background:rgba(0,158,115,.12)",
    "an-line": "display:flex;flex-wrap:wrap;gap:0 1.4em;margin:.5em 0;align-items:baseline",
    "an-text": "flex:1 1 22em;min-width:0;max-width:46em;overflow-wrap:anywhere",
    "an-rule": _SANS + "flex:0 0 11em;font-size:.7em;line-height:1.5;opacity:.8",
    **{
        f"an-{name}": f"{_tint(colour, alpha)}{_struck(colour)}" for name, (colour, alpha) in _COLOURS.items()
    },
    **{
        f"an-chip-{name}": f"{_tint(colour, alpha)};padding:0 .3em"
        for name, (colour, alpha) in _COLOURS.items()
    },
    "an-side": "flex:1 1 22em;min-width:0;max-width:38em",
    # Voices by a line under the text as well as by colour; words of tone by colour and by their number.
    "an-voice-narration": "border-bottom:0",
    "an-voice-quotation": "border-bottom:2px solid rgba(230,159,0,.85)",
    "an-voice-reported": "border-bottom:2px dotted rgba(122,81,149,.9)",
    "an-good": _tint("0,114,178", 0.22) + ";color:inherit;padding:0 .1em;white-space:nowrap",
    "an-bad": _tint("213,94,0", 0.24) + ";color:inherit;padding:0 .1em;white-space:nowrap",
    "an-worth": _SANS + "font-size:.62em;opacity:.8;padding-left:.15em",
    "an-added": _tint("0,158,115", 0.2) + ";text-decoration:none",
    "an-old": "text-decoration:line-through;opacity:.7",
    "an-new": "font-weight:700",
    "an-folded": _SANS + "font-size:.76em;opacity:.65;margin:.5em 0",
    "an-link": "color:inherit",
    "an-more": "flex:1 1 22em;min-width:0;max-width:46em",
    "an-summary": _SANS + "font-size:.85em;cursor:pointer;padding:.25em 0",
    "an-list": "margin:.2em 0 .2em 1.2em;padding:0",
}


def css() -> str:
    """Give the classes as a style sheet, for a report."""
    rules = "\n".join(f".{name} {{ {style} }}" for name, style in STYLES.items())
    return f"{rules}\n@media print {{ .an-line {{ break-inside: avoid; }} }}\n"


def tag(name: str, kind: str, inner: str, **attributes: str) -> str:
    """Build one element of a class of ours; `inner` is HTML already, the attributes are text."""
    more = "".join(f' {k}="{escape.attribute(v)}"' for k, v in attributes.items())
    return f'<{name} class="{kind}" style="{escape.attribute(STYLES[kind])}"{more}>{inner}</{name}>'
