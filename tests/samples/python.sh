#!/bin/sh
case "$*" in
*"-m venv"*) mkdir -p .venv/bin && cp "$0" .venv/bin/python ;;
*"-m pip install"* | *"-m pip download"*) echo "$*" >> asked ;;
esac
case "$*" in
*download*) mkdir -p .wheels && touch .wheels/all ;;
*--no-index*) test -e .wheels/all ;;
esac
