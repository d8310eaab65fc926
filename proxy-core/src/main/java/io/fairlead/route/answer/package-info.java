/**
 * Routes that answer by themselves.
 *
 * <p>Start reading at {@link io.fairlead.route.answer.AnswerRoutes}.
 */
@NullMarked
package io.fairlead.route.answer;

import org.jspecify.annotations.NullMarked;
