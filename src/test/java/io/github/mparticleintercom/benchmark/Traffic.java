package io.github.mparticleintercom.benchmark;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Batches as mParticle sends them, no two with the same ids: users whose profile stands in every batch and stays what it is,
 * and events with more attributes than Intercom takes by default. All of the events are forwarded.
 */
final class Traffic {

    /** What goes to Intercom for one of the events, about as the bundle writes it. */
    static final String INTERCOM_EVENT = """
            {"event_name":"Document 7 shared","created_at":1700000123,"user_id":"user-1","metadata":{"template":"kanban",\
            "private":false,"items":42,"source":"sidebar of the project page","plan":"team"}}""";

    private static final int USERS = 1000;
    private static final long TIME = 1_700_000_000_000L;

    private final AtomicLong batches = new AtomicLong(1);
    private final AtomicLong events = new AtomicLong(1_000_000);

    /** A batch of the next user with so many events. */
    String batch(int size) {
        return batch(size, "");
    }

    /** The same with a text among the user's attributes, which Intercom gets the beginning of. */
    String batch(int size, String text) {
        long number = batches.getAndIncrement();
        long user = number % USERS;
        StringBuilder json = new StringBuilder(1024 + 640 * size).append("""
                {"environment":"production","schema_version":2,"batch_id":%1$d,"mpid":%2$d,"timestamp_unixtime_ms":%3$d,\
                "source_request_id":"5f0c2f5e-4c1c-4d0e-9f6e-%1$012d","device_info":{"platform":"web","locale_language":"en",\
                "browser":"Firefox"},"application_info":{"application_name":"Boards","application_version":"4.2.1"},\
                "user_identities":[{"identity_type":"customer_id","identity":"user-%2$d","timestamp_unixtime_ms":%4$d},\
                {"identity_type":"email","identity":"user-%2$d@example.com","timestamp_unixtime_ms":%4$d}],\
                "user_attributes":{"$firstname":"Mara","$lastname":"Lindqvist %2$d","$city":"Uppsala","$mobile":"+4670%2$07d",\
                "plan":"team","seats":%5$d,"trial":false,"role in company":"engineering manager","newsletter":true,\
                "favourite.colour":"green","industry":"forestry and paper","score":%5$d.5,"about":"%6$s"},"events":[\
                """.formatted(number, user, TIME + number * 1000, TIME - 86_400_000, user % 100, text));
        for (int i = 0; i < size; i++) {
            event(json.append(i == 0 ? "" : ","), number);
        }
        return json.append("]}").toString();
    }

    private void event(StringBuilder json, long batch) {
        long number = events.getAndIncrement();
        boolean screen = number % 5 == 0;
        json.append("""
                {"event_type":"%1$s","message_type":"events","data":{"event_id":%2$d,"%3$s":"Document %4$d shared",\
                "custom_event_type":"user_content","timestamp_unixtime_ms":%5$d,"source_message_id":"d1c2a9ce-%6$012d",\
                "session_id":%6$d,"session_uuid":"8f3b6a1c-7d3e-4f1a-9e55-%6$012d","device_current_state":{"battery_level":0.8,\
                "time_since_start_ms":123456},"custom_attributes":{"template":"kanban","private":"false","items":%7$d,\
                "source":"sidebar of the project page","plan":"team","locale":"sv-SE","experiment":"b"}}}\
                """.formatted(screen ? "screen_view" : "custom_event", number, screen ? "screen_name" : "event_name", number % 20,
                TIME + number * 1000, batch, number % 50));
    }
}
