package io.github.mparticleintercom.check;

import java.util.Arrays;
import java.util.Set;
import java.util.function.Consumer;

/** Every class that is named is there. */
final class ClassRule implements Rule {

    private static final Set<String> NAMING = Set.of("exception", "exceptionType", "factoryBean", "beanType");

    @Override
    public void check(RouteFiles routes, Consumer<Problem> report) {
        for (Spot spot : routes.spots()) {
            boolean ofBean = spot.key().equals("type") && spot.parent() != null && spot.parent().key().equals("beans");
            String name = spot.fixedText().replaceFirst("^#class:", "");
            if ((ofBean || NAMING.contains(spot.key())) && name.matches("[\\w.$]+") && name.contains(".")
                    && ClassNames.find(name).isEmpty()) {
                report.accept(spot.problem("There is no class " + name + "."));
            }
        }
        routes.beans().forEach((name, bean) -> checkConstructor(bean, report));
    }

    private static void checkConstructor(Spot bean, Consumer<Problem> report) {
        int values = bean.child("constructors").value().size();
        if (bean.value().has("factoryMethod") || bean.value().has("factoryBean") || bean.value().has("script")
                || bean.value().has("builderClass")) {
            return;
        }
        ClassNames.ofBean(bean).filter(type -> Arrays.stream(type.getConstructors())
                .noneMatch(constructor -> constructor.getParameterCount() == values)).ifPresent(type ->
                        report.accept(bean.problem(type.getSimpleName() + " takes no " + values + " values under constructors.")));
    }
}
