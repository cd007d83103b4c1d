package io.github.mparticleintercom.check;

/**
 * A definition of Camel's model, and where it was read.
 *
 * @param model the definition: a route, a step, an expression, a bean, ...
 * @param value where it stands
 */
record Part(Object model, YamlValue value) {

    Problem problem(String sentence) {
        return value.problem(sentence);
    }
}
