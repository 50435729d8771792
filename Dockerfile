# One replica of the explorer. Hosted views lie in /data unless NPS_STORE_URL names a PostgreSQL database.
ARG BASE=python:3.13-slim-trixie
FROM ${BASE}

RUN useradd --create-home --uid 10001 explorer && mkdir /data && chown explorer /data
WORKDIR /srv/explorer
COPY requirements.txt .
RUN pip install --no-cache-dir -r requirements.txt
COPY app.py ./
COPY .streamlit/config.toml .streamlit/
COPY nps_core nps_core
COPY pages pages

USER explorer
ENV NPS_STORE_URL=sqlite:////data/views.sqlite3 PYTHONUNBUFFERED=1
VOLUME /data
EXPOSE 8501
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8501/healthz', timeout=4)"]
CMD ["streamlit", "run", "app.py", "--server.address=0.0.0.0", "--server.port=8501"]
