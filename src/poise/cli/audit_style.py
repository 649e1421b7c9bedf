"""How the page of an audit looks: a quiet desk, in light and dark, and on paper. No colour means good or bad."""

STYLE = """\
:root{--paper:#f6f2ea;--sheet:#fffdf8;--ink:#20262b;--soft:#5d646b;--line:#ded6c8;--toward:#2b5c66;--beside:#8a5a1f;
--serif:"Iowan Old Style","Palatino Linotype",Palatino,"Noto Serif","Source Serif 4",Georgia,serif;
--sans:system-ui,-apple-system,"Segoe UI","Noto Sans","Noto Sans CJK SC",sans-serif;color-scheme:light dark}
@media (prefers-color-scheme:dark){:root{--paper:#14181b;--sheet:#1b2024;--ink:#ece6da;--soft:#a5a9a6;--line:#30373c;
--toward:#8fc3cc;--beside:#dcb279}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:1.0625rem/1.5 var(--sans)}
main{max-width:46rem;margin-inline:auto;padding:1.5rem 1.25rem 3rem}
header p:first-child{color:var(--soft);font-size:.9rem;margin:0}
h1{font:500 2rem/1.2 var(--serif);margin:.25rem 0 1rem;text-wrap:balance}
h2{font:500 1.4rem/1.3 var(--serif);margin:2.5rem 0 .75rem;padding-top:1.25rem;border-top:1px solid var(--line)}
p{margin:.4rem 0;max-width:38rem;overflow-wrap:anywhere}
ul{margin:.4rem 0;padding-inline-start:1.25rem}
figure{margin:0 0 1rem;background:var(--sheet);border:1px solid var(--line);border-radius:14px;padding:.75rem}
svg{display:block}
figcaption{color:var(--soft);font-size:.9rem;padding:.5rem}
.stones{list-style:none;margin:0;padding:0}
.stones li{display:flex;align-items:center;gap:1rem;padding:.25rem .5rem;font:1.1rem/1.3 var(--serif)}
.stones svg{flex:none}
small{display:block;color:var(--soft);font:.9rem/1.4 var(--sans)}
.stone{fill:var(--ink)}
.toward .stone{fill:var(--toward)}
.beside .stone{fill:var(--beside)}
.none{fill:none;stroke:var(--soft);stroke-width:1.2}
.scroll{overflow-x:auto;margin:1.25rem 0}
.scroll:focus-visible{outline:3px solid var(--toward);outline-offset:2px}
table{border-collapse:collapse;background:var(--sheet);font-size:.85rem;width:100%;min-width:34rem}
caption{text-align:start;font:1.1rem var(--serif);padding:.4rem 0}
th,td{text-align:start;vertical-align:bottom;font-weight:400;padding:.4rem .5rem;border-top:1px solid var(--line)}
td{white-space:nowrap}
thead th{color:var(--soft);font-size:.8rem;line-height:1.25}
tbody th{font-family:var(--serif);font-size:.95rem}
@media print{:root{--paper:#fff;--sheet:#fff;--ink:#000;--soft:#444;--line:#bbb;--toward:#2b5c66;--beside:#8a5a1f}
body{font-size:10pt}main{max-width:none;padding:0}figure,table{break-inside:avoid}h2{break-after:avoid}
.scroll{overflow:visible}table{min-width:0}.stone{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
"""
