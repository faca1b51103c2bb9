package io.channelbox.examples.typed;

import io.channelbox.codec.MessageValidator;
import io.channelbox.message.Problem;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import java.util.Comparator;
import java.util.List;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;

/** Asks the annotations of jakarta.validation on the records. */
final class AnnotationValidator implements MessageValidator {

    /** One for all: it is dear to make, and may be asked by several at once. */
    static final MessageValidator INSTANCE = new AnnotationValidator();

    private final Validator validator;

    private AnnotationValidator() {
        try (ValidatorFactory factory = Validation.byDefaultProvider()
                .configure()
                .messageInterpolator(new ParameterMessageInterpolator()) // the other one needs an expression language
                .buildValidatorFactory()) {
            validator = factory.getValidator();
        }
    }

    @Override
    public List<Problem> validate(Object message) {
        return validator.validate(message).stream()
                .map(violation -> new Problem(violation.getPropertyPath().toString(), violation.getMessage()))
                .sorted(Comparator.comparing(Problem::toString)) // annotations are asked in any order
                .toList();
    }
}
