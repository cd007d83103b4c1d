package io.github.mparticleintercom.sandbox;

import java.util.List;

/**
 * A custom data attribute of the workspace.
 *
 * @param id       number given by the sandbox
 * @param name     name, compared with regard to case
 * @param model    {@code contact} or {@code company}
 * @param dataType one of string, integer, float, boolean, date, datetime, options
 * @param options  allowed values if the type is options, else empty
 */
public record DataAttribute(int id, String name, String model, String dataType, List<String> options) {
}
