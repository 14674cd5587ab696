"""Writes normalization.txt from Python's copy of the Unicode Character Database: python3 normalization.py > normalization.txt

Three kinds of lines, all in hexadecimal (Hangul syllables are left out, as UAX #15 computes them):
  D code characters…      the full compatibility decomposition of a code point
  M class code…           the code points of a canonical combining class other than 0
  C first second code     a pair that composes
"""
import unicodedata as u

def points():
    return (c for c in range(0x110000) if not (0xD800 <= c < 0xE000 or 0xAC00 <= c < 0xD7A4))

def hexes(text):
    return " ".join(f"{ord(character):X}" for character in text)

print(f"# Unicode {u.unidata_version}, written by normalization.py")
marks = {}
for code in points():
    character = chr(code)
    decomposed = u.normalize("NFKD", character)
    if decomposed != character:
        print(f"D {code:X} {hexes(decomposed)}")
    if u.combining(character):
        marks.setdefault(u.combining(character), []).append(character)
for mark in sorted(marks):
    print(f"M {mark:X} {hexes(marks[mark])}")
for code in points():
    character = chr(code)
    canonical = u.decomposition(character)
    # A primary composite (UAX #15 D114): it decomposes canonically into two, and is not excluded from coming together again.
    if canonical and not canonical.startswith("<") and " " in canonical and u.normalize("NFC", character) == character:
        print(f"C {canonical} {code:X}")
