# Posoka in a small image: a user of its own, data on a volume, a health check.
FROM python:3.11-slim AS build
WORKDIR /src
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY bot ./bot
COPY dialogs ./dialogs
COPY knowledge ./knowledge
RUN python -m venv /opt/posoka \
 && /opt/posoka/bin/pip install --no-cache-dir --disable-pip-version-check -c constraints.txt .

FROM python:3.11-slim
RUN useradd --system --create-home --home-dir /data --uid 10001 posoka
COPY --from=build /opt/posoka /opt/posoka
ENV PATH=/opt/posoka/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    POSOKA_LISTEN=0.0.0.0:8080 \
    POSOKA_DATABASE_URL=sqlite:////data/posoka.db
USER posoka
WORKDIR /data
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8080/health', timeout=4)"]
CMD ["posoka", "run"]
