package io.github.mparticleintercom.check;

import io.github.mparticleintercom.mparticle.MparticleEvent;
import org.apache.camel.Variable;

/** A bean as an engineer may have one. */
public final class Stock {

    private final int places;
    private int shelves;
    private boolean heated;

    /** With so many places. */
    public Stock(int places) {
        this.places = places;
    }

    /** What is rented out. */
    public static Stock rented(Stock other) {
        return new Stock(other.places);
    }

    /** How many shelves. */
    public void setShelves(int shelves) {
        this.shelves = shelves;
    }

    /** Whether it is warm. */
    public void setHeated(boolean heated) {
        this.heated = heated;
    }

    /** Called first. */
    public void open() {
        // a bean that check made would be seen
        throw new IllegalStateException("opened with " + shelves + " " + heated);
    }

    /** Takes something out. */
    public String take(@Variable("event") MparticleEvent event, @Variable("ownShop") String shop) {
        return shop + event.id();
    }
}
