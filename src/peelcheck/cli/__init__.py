"""The command line: arguments → engine → renderer → exit code. No logic, and nothing heavy before it is needed."""

from __future__ import annotations

import gc
import os

# A run is short and makes few cycles; looking for them at the usual pace takes a fifth of its time, imports included.
gc.set_threshold(250_000, 20, 20)
# The threads that numpy's linear algebra starts with, and that wait for work as busily as if they had any, get none here.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import click

from peelcheck.cli.context import context
from peelcheck.cli.dictionary import dictionary
from peelcheck.cli.figures import figures
from peelcheck.cli.help import version
from peelcheck.cli.program import Program
from peelcheck.cli.report import report
from peelcheck.cli.rules import explain, rules
from peelcheck.cli.schema import schema
from peelcheck.cli.template import template
from peelcheck.cli.validate import validate

_EXAMPLES = """\b
Examples:
  peelcheck validate sample_returns               queries to send to the forces
  peelcheck figures sample_returns --force Kent   one force's figures
  peelcheck explain DA101                         what a rule is for"""


@click.group(cls=Program, epilog=_EXAMPLES, context_settings={"help_option_names": ["-h", "--help"]})
@version
def main() -> None:
    """Check the data returns of police forces, compare the forces, and draft the queries to send back.

    Results go to stdout, messages to stderr. Nothing is sent anywhere, and no received file is changed.
    """


for command in (validate, figures, report, rules, explain, schema, context, template, dictionary):
    main.add_command(command)
