package io.github.mparticleintercom.check;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What is known of a class without running any of its code. */
final class ClassNames {

    private ClassNames() {
    }

    /** The class of this name, or one of java.lang by its short name. */
    static Optional<Class<?>> find(String name) {
        try {
            return Optional.of(Class.forName(name.contains(".") ? name : "java.lang." + name, false,
                    ClassNames.class.getClassLoader()));
        } catch (ClassNotFoundException | LinkageError e) {
            return Optional.empty();
        }
    }

    /** The class of the bean that is declared here, if that can be told. */
    static Optional<Class<?>> ofBean(Spot bean) {
        String factoryMethod = bean.child("factoryMethod").fixedText();
        String type = bean.child("type").fixedText().replaceFirst("^#class:", "");
        if (!factoryMethod.isEmpty() || bean.value().has("script")) {
            return find(bean.child("factoryBean").fixedText()).flatMap(factory -> Arrays.stream(factory.getMethods())
                    .filter(method -> method.getName().equals(factoryMethod)).findFirst().map(Method::getReturnType));
        }
        return type.isEmpty() ? Optional.empty() : find(type);
    }

    /** The names of the methods that a route may call. */
    static Set<String> methods(Class<?> type) {
        return Arrays.stream(type.getMethods()).map(Method::getName).collect(Collectors.toCollection(TreeSet::new));
    }
}
