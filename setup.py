"""Only so that the notebooks travel in a wheel: they live beside the package, not in it."""

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py


class WithNotebooks(build_py):
    """Copy `notebooks/*.ipynb` into the built package, where `report/places.py` looks second."""

    def run(self) -> None:
        super().run()
        if not self.editable_mode:
            target = Path(self.build_lib) / "analysis" / "notebooks"
            target.mkdir(parents=True, exist_ok=True)
            for notebook in sorted((Path(__file__).parent / "notebooks").glob("*.ipynb")):
                shutil.copyfile(notebook, target / notebook.name)


setup(cmdclass={"build_py": WithNotebooks})
