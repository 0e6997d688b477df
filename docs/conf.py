"""How the site of the documentation is built (`make docs`): Sphinx, from the pages here and the docstrings."""

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))
sys.path.insert(0, str(HERE))

from reference import write_reference  # noqa: E402

from analysis import __version__  # noqa: E402

project = "regional-news-analysis"
author = copyright = "The regional-news-analysis maintainers"
release = version = __version__
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build"]
myst_enable_extensions = ["dollarmath"]
myst_heading_anchors = 3
napoleon_google_docstring = False
napoleon_use_rtype = False
napoleon_preprocess_types = False
autodoc_typehints = "none"
autodoc_member_order = "bysource"
python_use_unqualified_type_names = True
suppress_warnings = ["myst.xref_missing"]  # links to files of the checkout that are no pages of the site
html_theme = "furo"
html_title = "regional-news-analysis"
html_show_copyright = False
html_show_sphinx = False
html_copy_source = False

write_reference(HERE / "reference")
