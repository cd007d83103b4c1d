package io.github.mparticleintercom.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/**
 * One command, run in this process.
 *
 * @param exitCode what it would end the process with
 * @param output   what it printed
 * @param errors   what it printed to standard error
 */
record Run(int exitCode, String output, String errors) {

    static Run of(String... arguments) {
        StringWriter output = new StringWriter();
        StringWriter errors = new StringWriter();
        CommandLine commands = Main.commandLine().setOut(new PrintWriter(output, true)).setErr(new PrintWriter(errors, true));
        int exitCode = commands.execute(arguments);
        return new Run(exitCode, output.toString(), errors.toString());
    }
}
