# Sharewise in a container. Build: docker build -t sharewise .   How to run it: docs/operating.md

FROM python:3.11-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_NO_CACHE_DIR=1 \
    PYTHONDONTWRITEBYTECODE=1
WORKDIR /app
RUN ["python", "-m", "venv", "/app/.venv"]
ENV PATH="/app/.venv/bin:$PATH"
COPY requirements/build.txt requirements/run.txt requirements/
RUN ["pip", "install", "--quiet", "--require-hashes", "-r", "requirements/build.txt", "-r", "requirements/run.txt"]
COPY pyproject.toml README.md LICENSE ./
COPY locales locales
COPY states states
COPY bot bot
RUN ["pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--no-index", "--editable", "."]
# Without a translation there is nothing to compile, which is no error.
RUN find locales -name sharewise.po -execdir pybabel --quiet compile -i sharewise.po -o sharewise.mo ';' \
    && python -m compileall -q bot states .venv/lib

FROM python:3.11-slim-bookworm
LABEL org.opencontainers.image.title="Sharewise" \
      org.opencontainers.image.description="A Telegram bot that helps people who work or volunteer with children and adults at risk decide whether to share information, and keeps the decision record." \
      org.opencontainers.image.licenses="Apache-2.0"
ENV PATH="/app/.venv/bin:$PATH" \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    SHAREWISE_DATA_DIR=/data
COPY --from=build /app /app
# The bot writes nowhere but here, so the rest may be read-only.
RUN ["install", "--directory", "--owner=10001", "--group=10001", "--mode=0700", "/data"]
USER 10001:10001
WORKDIR /data
VOLUME ["/data"]
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 CMD ["python", "-m", "bot.health"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["sharewise"]
CMD ["run"]
