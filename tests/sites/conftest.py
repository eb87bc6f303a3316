"""Django is set up once a process, as the office."""

from tests.office.conftest import FOLDER

assert FOLDER.is_dir()
