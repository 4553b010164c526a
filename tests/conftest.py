"""What holds for every test: a slow machine is no fault, and a failure can be repeated."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "posoka",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    print_blob=True,
)
settings.load_profile("posoka")
