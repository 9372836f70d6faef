# The worker, the listener, the watchdog and the register's commands. Nothing secret is in it: settings come from
# the environment, secrets from files (docker-compose.yml).

FROM python:3.11-slim-bookworm AS packages
# From PyPI like everything else here, so that no further registry has to be allowed.
RUN pip install --no-cache-dir uv==0.13.9
WORKDIR /app
ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=never
COPY pyproject.toml uv.lock ./
RUN uv sync --frozen --no-dev --no-cache


FROM python:3.11-slim-bookworm
RUN groupadd --gid 10001 breach-desk \
 && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /app --shell /usr/sbin/nologin breach-desk
WORKDIR /app
# PYTHONDONTWRITEBYTECODE: the file system is read-only when it runs.
ENV PATH=/app/.venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
COPY --from=packages /app/.venv .venv
# Volumes that are mounted here belong to the programs: the worker keeps the register's anchor in one,
# the watchdog what it has told in the other.
RUN install --directory --owner=10001 --group=10001 --mode=0700 /var/lib/breach-desk /var/lib/watchdog
# What .dockerignore lets through. It belongs to root: the program cannot change its own code.
COPY . .
# Temporal's sandbox imports a workflow's modules again for every case: compiled, that is quick.
RUN python -m compileall -q --invalidation-mode unchecked-hash -x '/\.venv/' .
USER 10001:10001
CMD ["python", "worker.py"]
