package io.github.mparticleintercom.files;

import java.io.File;

/**
 * Names the places of a file so that a file that is read again from its start names the same ones, and another file of the same
 * name others.
 *
 * @param name the file's name
 * @param key  distinguishes it from other files that had or will have this name
 */
record FilePlace(String name, String key) {

    static FilePlace of(File file) {
        return new FilePlace(file.getName(), file.length() + "-" + file.lastModified());
    }

    /** The origin of the batch at this place of the file. */
    String at(String where) {
        return "file " + key + " " + where;
    }
}
