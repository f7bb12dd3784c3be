# docker build -t podcaster . && docker run --read-only --tmpfs /tmp -p 8000:8000 -v podcaster:/data podcaster
# The engines of the voices are in the image, their models in the volume: docker run … podcaster setup --yes
ARG BASE=python:3.13-slim
FROM ${BASE} AS build
# Of assistants, chinese, japanese, piper, proofing, signing, tracing, by commas: a container cannot install one later
ARG EXTRAS="piper,proofing"
COPY . /src
RUN python3 -m venv /opt/podcaster \
    && /opt/podcaster/bin/python -m pip install --no-cache-dir uv \
    && cd /src \
    && /opt/podcaster/bin/python -m uv pip install --no-cache --compile-bytecode --python /opt/podcaster/bin/python --constraint constraints.txt ".${EXTRAS:+[$EXTRAS]}" \
    && /opt/podcaster/bin/python -m uv pip uninstall --python /opt/podcaster/bin/python uv

FROM ${BASE}
RUN apt-get update \
    && apt-get install -y --no-install-recommends apertium apertium-eng-spa apertium-eng-cat apertium-en-gl apertium-es-pt \
       apertium-por-cat apertium-es-gl apertium-spa-cat festival festvox-ca-ona-hts \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home --home-dir /data podcaster \
    && chmod 755 /data  # a web server in front reads feeds and audio there
COPY --from=build /opt/podcaster /opt/podcaster
USER podcaster
WORKDIR /data
ENV PATH=/opt/podcaster/bin:$PATH PODCASTER_DATA=/data PODCASTER_HOST=0.0.0.0
EXPOSE 8000
VOLUME /data
HEALTHCHECK CMD ["python3", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=3)"]
CMD ["podcaster", "serve"]
