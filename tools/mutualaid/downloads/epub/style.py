"""The look of e-books: small, in relative sizes, without fonts, so that the reader's own settings win.

Only drawings keep colors of their own, on white: their shapes lie over one another, and must hide what is below.
"""

STYLE = """\
body { margin: 0 5%; line-height: 1.5; }
h1, h2, h3 { line-height: 1.25; text-align: left; break-after: avoid; page-break-after: avoid; }
h1 { font-size: 1.6em; margin: 1em 0 0.4em; }
h2 { font-size: 1.25em; margin: 1.6em 0 0.4em; }
h3 { font-size: 1.05em; margin: 1.2em 0 0.3em; }
p, li, dd { text-align: left; }
li { margin: 0.3em 0; }
dt { font-weight: bold; margin-top: 0.7em; }
dd { margin: 0 0 0 1em; }
.promise { font-size: 1.1em; }
.kind { font-size: 0.85em; letter-spacing: 0.04em; }
.card, .notice, .more, .lead { border-left: 0.25em solid; padding: 0.1em 0 0.1em 0.9em; margin: 1em 0; }
.card p { margin: 0.3em 0; }
.imprint { font-size: 0.85em; margin-top: 2em; }
.title { margin-top: 20%; }
.table { overflow-x: auto; }
table { border-collapse: collapse; font-size: 0.9em; }
th, td { border: 1px solid; padding: 0.3em 0.5em; text-align: left; vertical-align: top; }
nav ol { list-style: none; padding-left: 1em; }
.figure { margin: 1.2em 0; break-inside: avoid; page-break-inside: avoid; }
.figure svg { display: block; width: 100%; max-width: 24em; margin: 0 auto; padding: 0.5em 0; background: #ffffff; }
.figure svg { fill: none; stroke: var(--iron-gall); stroke-width: 2.5; stroke-linecap: round; stroke-linejoin: round; }
.figure text { font-family: sans-serif; font-size: 20px; fill: var(--iron-gall); stroke: none; }
.figure .d-over, .figure .d-over text { stroke: #ffffff; stroke-width: 7px; paint-order: stroke; }
.figure .d-line { fill: none; stroke-width: 2.5; }
.figure .d-thin { stroke-width: 1.25; }
.figure .d-fill { fill: #ffffff; }
.figure .d-key { fill: var(--marigold); stroke-width: 3; }
.figure .d-maybe { fill: none; stroke-dasharray: 1 7; }
.figure .d-broken { fill: none; stroke-dasharray: 10 8; stroke-linecap: butt; }
.figure .d-ask { fill: var(--teal-wash); }
.figure .d-far { fill: none; stroke: var(--cloth-teal); stroke-width: 3; }
.figure .d-strong { font-weight: bold; }
"""
COVER = """\
<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 800" width="600" height="800" role="img" aria-labelledby="t">\
<title id="t">A filing box, drawn in lines on warm paper</title>\
<rect width="600" height="800" fill="var(--rag)"/>\
<g fill="none" stroke="var(--cloth-teal)" stroke-width="14" stroke-linejoin="round">\
<path d="M120 300h120l36-80h140l36 80h48v250H120z" fill="var(--card-stock)"/>\
<path d="M210 380h180v80H210z" fill="var(--marigold)"/></g></svg>
"""
