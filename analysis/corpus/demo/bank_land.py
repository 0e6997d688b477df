"""Placeholder."""
from analysis.corpus.demo.bank_state import BORDER
BANKS: dict[str, str] = {t: BORDER for t in ("floods","farming","mining","energy","football","health","education","transport","markets")}
