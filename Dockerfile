# One image for the API and the workers. Debian rather than Alpine: the PostgreSQL binaries that `npm start` can use
# exist for glibc only, so nothing else here runs or is tested on musl.

FROM node:24.21.0-bookworm-slim@sha256:2fe369e969550cde8e867afc3fe370b260140cab4a23d467074295b42163d553 AS build
WORKDIR /app
COPY package.json package-lock.json ./
# No package needs its install script to compile or to run; without the scripts none runs code on the build machine.
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY src src
RUN npm run build

FROM node:24.21.0-bookworm-slim@sha256:2fe369e969550cde8e867afc3fe370b260140cab4a23d467074295b42163d553 AS packages
WORKDIR /app
COPY package.json package-lock.json ./
# The optional packages are the embedded PostgreSQL, which API and worker never start, and accelerators.
RUN npm ci --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund

FROM node:24.21.0-bookworm-slim@sha256:2fe369e969550cde8e867afc3fe370b260140cab4a23d467074295b42163d553
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data
WORKDIR /app
RUN mkdir /data /backups && chown node:node /data /backups
# All files belong to root: the program can read its own code, but not change it.
COPY --from=packages /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY config config
COPY package.json LICENSE ./
USER node
# E-mails as files, if no mail server is set, and the daily backups, if BACKUP_DIR names /backups. Nothing else is written.
VOLUME ["/data", "/backups"]
EXPOSE 3000
# Whether the process responds. /health/ready reports on database and queue, which a restart would not fix. A start may first back up and
# change a large database.
HEALTHCHECK --interval=15s --timeout=5s --start-period=10m --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/health').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# A worker uses the same image with: node dist/worker.js
CMD ["node", "dist/main.js"]
