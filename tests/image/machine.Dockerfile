# A machine with systemd, nginx and Docker's compose, laid out as docs/deploy.md says; the image of the project brings Python.
FROM localhost/explorer
USER root
RUN apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends \
        systemd systemd-sysv nginx-light docker-compose && systemctl disable nginx && mkdir -p /var/cache/nginx
RUN useradd --system nps-explorer && cp -r /srv/explorer /srv/nps-explorer \
    && mkdir /srv/nps-explorer/.venv && ln -s /usr/local/bin /srv/nps-explorer/.venv/bin
COPY Dockerfile /srv/project/
COPY deploy /srv/project/deploy
COPY deploy/nps-explorer.service /etc/systemd/system/
COPY deploy/nginx.conf /etc/nginx/nginx.conf
CMD ["/sbin/init"]
