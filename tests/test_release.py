import shutil
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

from podcaster import release


def test_in_a_clone_an_extra_is_installed_by_run() -> None:
    assert release.to_install("piper") == "./run install --with piper"


def test_without_a_clone_an_extra_is_installed_from_the_wheel(tmp_path: Path) -> None:
    installed = tmp_path / "podcaster" / "release.py"
    installed.parent.mkdir()
    shutil.copy(release.__file__, installed)
    spec = spec_from_file_location("installed_release", installed)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.to_install("piper").endswith(
        f"newsroom_podcaster-{release.release_version()}-py3-none-any.whl[piper]'"
    )
