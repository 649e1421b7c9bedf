"""The words of the pages in other languages: collected from templates and sentences, kept in catalogues, checked.

`python -m tests.web.words` (or `make words`) renews the catalogues under src/poise/web/locales.
"""
