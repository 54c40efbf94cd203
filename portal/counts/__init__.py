"""Figures about the portal itself: counted once, shown on pages, published as open data (STA-1, STA-5, UPD-2, QLT-4).

`inputs` reads what is known from outside the catalogue (use, cases, requests, earlier days); `catalogue`, `board`,
`activity` and `history` make figures of it; `figure` is the shape that pages and exports share. docs/figures.md tells
people where each number comes from.
"""
