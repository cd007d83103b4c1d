package io.github.mparticleintercom.translate;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;

/** Texts that cause trouble: letters, what Intercom does not allow in names, and both halves of surrogate pairs. */
@Target({ElementType.PARAMETER, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@CharRange(from = 'a', to = 'c')
@CharRange(from = '\uD83D', to = '\uD83E')
@CharRange(from = '\uDE00', to = '\uDE02')
@CharRange(from = '\u0000', to = '\u0020')
@CharRange(from = '\u007f', to = '\u0085')
@Chars({'$', '.', '_'})
@StringLength(max = 20)
@interface Characters {
}
