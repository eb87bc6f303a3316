"""Every rule of the house by name. A rule takes the files and returns its findings.

A new rule needs a line here and a bad sample in samples.py that shows that it can fail.
"""

from collections.abc import Callable

from tests.house import deeds, imports, language, proofs, screens, shape, styles
from tests.house.tree import Finding, Source

Rule = Callable[[list[Source]], list[Finding]]

RULES: dict[str, Rule] = {
    "no file over 500 lines": shape.file_lines,
    "median file at most 150 lines": shape.file_median,
    "no function over 50 lines": shape.function_length,
    "median function at most 8 lines": shape.function_median,
    "complexity at most 10, core and floors 8": shape.branching,
    "at most 5 positional arguments": shape.positional,
    "no import cycles": imports.cycles,
    "__init__.py holds its docstring": imports.only_a_sign,
    "no imports inside functions": imports.hidden_imports,
    "module docstrings": language.module_docstrings,
    "public docstrings": language.public_docstrings,
    "no empty file names": language.file_names,
    "class names are unique": language.unique_classes,
    "the glossary is law": language.glossary,
    "the clock is a port": deeds.clock_calls,
    "chance has a seed": deeds.chance_imports,
    "only cli and wiring print": deeds.prints,
    "no float for time": deeds.float_times,
    "broad excepts are listed": deeds.unlisted_excepts,
    "no type-ignore in the pure rooms": deeds.hushed_types,
    "commands and events are frozen Structs": deeds.frozen_shapes,
    "pages say the catalogues' words": screens.words_in_pages,
    "scripts say the catalogues' words": screens.words_in_scripts,
    "forms say the catalogues' words": screens.words_in_forms,
    "one set of catalogues": screens.other_catalogues,
    "Persian letters only in the catalogues": screens.persian_letters,
    "values keep their direction": screens.bare_values,
    "sides are logical": styles.physical_sides,
    "figures do not dance": styles.dancing_figures,
    "every test asserts": proofs.silent_tests,
    "tests mirror the rooms": proofs.mirror,
    "nothing left unfinished": proofs.unfinished,
    "no address of a package index": proofs.index_addresses,
    "no path of one machine": proofs.machine_paths,
}
