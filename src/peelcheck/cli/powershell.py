"""Completion of words in PowerShell; click itself knows bash, zsh and fish."""

from __future__ import annotations

import os

from click.shell_completion import CompletionItem, ShellComplete, add_completion_class

_SOURCE = """\
Register-ArgumentCompleter -Native -CommandName %(prog_name)s -ScriptBlock {
    param($word, $line, $position)
    $env:COMP_WORDS = $line.ToString().PadRight($position).Substring(0, $position)
    $env:%(complete_var)s = "powershell_complete"
    try {
        & %(prog_name)s | ForEach-Object {
            $kind, $value, $help = $_ -split "`t", 3
            if ($kind -eq "file") {
                Get-ChildItem -Name -Path "$value*" | ForEach-Object {
                    [System.Management.Automation.CompletionResult]::new($_, $_, "ProviderItem", $_)
                }
            } else {
                [System.Management.Automation.CompletionResult]::new($value, $value, "ParameterValue", $help)
            }
        }
    } finally {
        Remove-Item Env:COMP_WORDS, Env:%(complete_var)s
    }
}
"""


class PowerShell(ShellComplete):
    """Completion for PowerShell. A line for each word: its kind, the word and what it is for, with tabs between."""

    name = "powershell"
    source_template = _SOURCE

    def get_completion_args(self) -> tuple[list[str], str]:
        """The words of the line before the cursor but for the program, and the one that is begun."""
        line = os.environ["COMP_WORDS"]
        words = line.split()[1:]
        begun = "" if not words or line[-1:].isspace() else words.pop()
        return words, begun

    def format_completion(self, item: CompletionItem) -> str:
        """One word as a line."""
        kind = "file" if item.type in ("file", "dir") else item.type
        return "\t".join((kind, item.value, item.help or item.value))


def add_powershell() -> None:
    """Offer completion for PowerShell beside the shells that click knows."""
    add_completion_class(PowerShell)
