# Three stages: scripts and styles, Python packages, and the image that runs without tools or root.
FROM node:22-slim AS frontend
WORKDIR /build/frontend
COPY frontend/package.json frontend/package-lock.json frontend/.npmrc ./
RUN npm ci
COPY frontend ./
RUN npm run build

FROM python:3.12-slim AS packages
COPY requirements/main.txt /build/main.txt
RUN python -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-cache-dir --require-hashes -r /build/main.txt

FROM python:3.12-slim
RUN useradd --system --uid 10001 --create-home --home-dir /var/lib/dialogue dialogue
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    VAR_DIR=/var/lib/dialogue/var
WORKDIR /srv/dialogue
COPY --from=packages /opt/venv /opt/venv
COPY --from=frontend /build/frontend/dist frontend/dist
COPY manage.py ./
COPY platform_site platform_site
COPY dialogue dialogue
RUN python -m platform_site.translations compile
USER dialogue
EXPOSE 8000
STOPSIGNAL SIGTERM
CMD ["python", "manage.py", "serve", "--host", "0.0.0.0", "--port", "8000"]
