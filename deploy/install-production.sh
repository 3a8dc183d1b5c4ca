#!/bin/sh
# Production dependencies only, at the locked versions. Run in a folder that holds the root's package.json and lock file and
# the package.json of each service and of the packages that services are made of, and nothing of the others.
# `npm ci --omit=dev` alone would follow links to packages that only tests use, and keep optional peers such as the Prisma CLI.
set -eu
npm pkg delete devDependencies --workspaces --include-workspace-root
npm install --omit=dev --ignore-scripts --no-audit --no-fund --prefer-offline
