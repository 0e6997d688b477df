"""Voices."""
import numpy as np
from analysis.text.jit import compiled

@compiled
def voices(bits, cues, role, quoted, sentence, offsets, english):
    voice = np.zeros(bits.size, dtype=np.uint8)
    for k in range(bits.size):
        if quoted[k]:
            voice[k] = 1
    return voice
