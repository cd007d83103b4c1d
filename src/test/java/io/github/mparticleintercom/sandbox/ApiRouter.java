package io.github.mparticleintercom.sandbox;

import java.util.List;

/** Finds the endpoint for a method and path. */
final class ApiRouter {

    /** One operation of the API. */
    @FunctionalInterface
    interface Endpoint {
        Answer handle(ApiRequest request);
    }

    private final ContactApi contacts;
    private final SearchApi search;
    private final EventApi events;
    private final DataAttributeApi attributes;
    private final AdminApi admin;
    private final Companies companies;
    private final Tags tags;

    ApiRouter(SandboxConfig config, SandboxState state) {
        this.contacts = new ContactApi(state, config);
        this.companies = state.companies();
        this.tags = state.tags();
        this.search = new SearchApi(state.contacts(), config);
        this.events = new EventApi(state.contacts(), state.events(), config);
        this.attributes = new DataAttributeApi(state.dataAttributes());
        this.admin = new AdminApi(config);
    }

    /** The endpoint, or null. A wrong method on a known path is as unknown as a wrong path. */
    Endpoint find(String method, List<String> segments) {
        String route = method + " /" + (segments.isEmpty() ? "" : segments.get(0));
        if (segments.size() == 1) {
            return switch (route) {
                case "GET /me" -> admin::me;
                case "POST /events" -> events::submit;
                case "POST /contacts" -> contacts::create;
                case "GET /data_attributes" -> attributes::list;
                case "POST /data_attributes" -> attributes::create;
                case "POST /companies" -> companies::save;
                case "GET /tags" -> tags::list;
                case "POST /tags" -> tags::save;
                default -> null;
            };
        }
        if (segments.isEmpty() || !segments.get(0).equals("contacts")) {
            return null;
        }
        return segments.size() == 2 ? contact(method, segments.get(1))
                : segments.size() == 3 ? subresource(method, segments.get(1), segments.get(2))
                : segments.size() == 4 ? attached(method, segments.get(2)) : null;
    }

    private Endpoint contact(String method, String last) {
        return switch (method) {
            case "GET" -> contacts::get;
            case "PUT" -> contacts::update;
            case "DELETE" -> contacts::delete;
            case "POST" -> last.equals("search") ? search::search : last.equals("merge") ? contacts::merge : null;
            default -> null;
        };
    }

    private Endpoint subresource(String method, String middle, String last) {
        if (method.equals("GET") && middle.equals("find_by_external_id")) {
            return contacts::findByExternalId;
        }
        return switch (method + " " + last) {
            case "POST archive" -> contacts::archive;
            case "POST unarchive" -> contacts::unarchive;
            case "GET companies" -> companies::list;
            case "POST companies" -> companies::attach;
            case "POST tags" -> tags::add;
            default -> null;
        };
    }

    private Endpoint attached(String method, String kind) {
        return switch (method + " " + kind) {
            case "DELETE companies" -> companies::detach;
            case "DELETE tags" -> tags::remove;
            default -> null;
        };
    }
}
