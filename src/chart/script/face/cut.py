"""Makes the face for Arabic: run as `cut.py ARABIC.ttf NOTO.ttf OUT.ttf`, with fonttools 4.68.

ARABIC is the whole of Noto Sans Arabic, NOTO that of Noto Sans in the same weight.
"""

import sys

from fontTools import subset
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

CHARACTERS = (
    "0020-007E,00A0-017F,0218-021B,0300-0304,0306-0308,030A-030C,0326-0328,"
    "0600-0605,060B-060D,061B-0658,0660-06D5,06EE-06FF,0750-077F,08A0-08B4,08B6-08C7,"
    "1E80-1E85,1E9E,1EF2-1EF3,2009,200B-2014,2018-201E,2022,2026,202F,2039-203A,20AC,2122,2212,"
    "FB50-FBB1,FBD3-FBE9,FBFC-FBFF,FDF2,FDFC,FE70-FEFC"
)

# Of Noto Sans, where the face for Arabic has none: Greek, Cyrillic and Vietnamese letters, signs, and a
# minus that is no hyphen.
LENT = (
    "00A0-00FF,018F,01A0-01A1,01AF-01B0,0259,0384-03CE,0400-045F,0490-0493,0496-0497,049A-049D,04A2-04A3,"
    "04AE-04B3,04B6-04BB,04D8-04D9,04E2-04E3,04E8-04E9,04EE-04EF,1EA0-1EF9,2020-2021,2030,2032-2033,2116,2212"
)

font = TTFont(sys.argv[1], recalcTimestamp=False)
lender = TTFont(sys.argv[2])
known, lent = font.getBestCmap(), lender.getBestCmap()
glyphs, widths, letters = font["glyf"], font["hmtx"], lender.getGlyphSet()
scale = font["head"].unitsPerEm / lender["head"].unitsPerEm
added = []
for code in subset.parse_unicodes(LENT):
    if code not in lent or (code in known and code != 0x2212):
        continue
    strokes, pen = DecomposingRecordingPen(letters), TTGlyphPen(None)
    letters[lent[code]].draw(strokes)
    strokes.replay(TransformPen(pen, (scale, 0, 0, scale, 0, 0)))
    name = f"lent{code:04X}"
    glyphs[name] = pen.glyph(round=round)
    glyphs[name].recalcBounds(glyphs)
    widths[name] = (round(letters[lent[code]].width * scale), getattr(glyphs[name], "xMin", 0))
    added.append((code, name))
for table in font["cmap"].tables:
    if table.isUnicode():
        table.cmap.update(added)

options = subset.Options()
options.layout_features = "ccmp,locl,isol,init,medi,fina,rlig,liga,mark,mkmk,kern,rtlm".split(",")
options.layout_scripts = ["arab", "latn", "DFLT"]
options.drop_tables += ["STAT", "gasp", "prep", "DSIG"]
options.hinting = False
options.glyph_names = False
options.notdef_outline = True
options.name_IDs = ["*"]
options.name_languages = [0x409]
subsetter = subset.Subsetter(options)
subsetter.populate(unicodes=subset.parse_unicodes(f"{CHARACTERS},{LENT}"))
subsetter.subset(font)
font.save(sys.argv[3])
