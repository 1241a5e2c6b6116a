package io.ponder.gpu;

import com.aparapi.Kernel;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.bcel.classfile.Attribute;
import org.apache.bcel.classfile.ClassParser;
import org.apache.bcel.classfile.Code;
import org.apache.bcel.classfile.Field;
import org.apache.bcel.classfile.JavaClass;
import org.apache.bcel.classfile.LocalVariableTable;
import org.apache.bcel.classfile.Method;
import org.apache.bcel.generic.ANEWARRAY;
import org.apache.bcel.generic.ARRAYLENGTH;
import org.apache.bcel.generic.ATHROW;
import org.apache.bcel.generic.ArrayType;
import org.apache.bcel.generic.BasicType;
import org.apache.bcel.generic.BranchInstruction;
import org.apache.bcel.generic.CHECKCAST;
import org.apache.bcel.generic.ConstantPoolGen;
import org.apache.bcel.generic.ConversionInstruction;
import org.apache.bcel.generic.FREM;
import org.apache.bcel.generic.GETSTATIC;
import org.apache.bcel.generic.GotoInstruction;
import org.apache.bcel.generic.INSTANCEOF;
import org.apache.bcel.generic.INVOKEDYNAMIC;
import org.apache.bcel.generic.INVOKESPECIAL;
import org.apache.bcel.generic.INVOKESTATIC;
import org.apache.bcel.generic.Instruction;
import org.apache.bcel.generic.InstructionHandle;
import org.apache.bcel.generic.InstructionList;
import org.apache.bcel.generic.InvokeInstruction;
import org.apache.bcel.generic.MONITORENTER;
import org.apache.bcel.generic.MULTIANEWARRAY;
import org.apache.bcel.generic.NEW;
import org.apache.bcel.generic.PUTFIELD;
import org.apache.bcel.generic.PUTSTATIC;
import org.apache.bcel.generic.Select;
import org.apache.bcel.generic.Type;
import org.apache.bcel.generic.TypedInstruction;

/**
 * Reads the byte code of a kernel class, from {@code run} through everything that it calls, and says what Aparapi cannot translate, or
 * translates wrongly.
 */
final class KernelRules {
    /** Classes of pure functions that are translated along. */
    private static final Set<String> SHARED = Set.of(
            "io.ponder.engine.tensor.CounterRandom",
            "io.ponder.engine.classic.FloatMath",
            "io.ponder.engine.classic.AcrobotEquations",
            "io.ponder.engine.classic.CartPoleEquations",
            "io.ponder.engine.classic.CostmapBatch",
            "io.ponder.engine.classic.MountainCarEquations",
            "io.ponder.engine.classic.PendulumEquations",
            "io.ponder.engine.classic.SwingUpEquations");

    /** Methods of java.lang.Math that Aparapi knows, each seen to give the right numbers. */
    private static final Set<String> MAPPED_MATH = Set.of("tanh", "exp", "log", "pow", "sqrt", "max", "min", "abs", "floor", "fma", "sin", "cos");

    /** Words of OpenCL C that Java allows as names. */
    private static final Set<String> WORDS_OF_OPENCL = Set.of(
            "half", "quad", "kernel", "global", "local", "constant", "uint", "uchar", "ushort", "ulong", "bool", "complex", "event_t",
            "sampler_t", "float2", "float4", "signed", "unsigned", "struct", "union", "typedef", "sizeof", "extern", "inline", "register");

    /** What fields may be: numbers that the host writes, and arrays. */
    private static final Set<Type> SCALARS = Set.of(Type.INT, Type.FLOAT);
    private static final Set<Type> ITEMS = Set.of(Type.INT, Type.FLOAT, Type.BYTE);

    private final Class<?> kernel;
    private final Map<String, JavaClass> parsed = new HashMap<>();
    private final Set<String> broken = new LinkedHashSet<>();
    private final Set<String> seen = new HashSet<>();
    private final Deque<Place> open = new ArrayDeque<>();

    /** A method and the class that has it. */
    private record Place(JavaClass owner, Method method) {
        String name() {
            String full = owner.getClassName();
            return full.substring(full.lastIndexOf('.') + 1) + "." + method.getName();
        }
    }

    private KernelRules(Class<?> kernel) {
        this.kernel = kernel;
    }

    /** Returns the broken rules of a kernel class, one sentence each. */
    static List<String> broken(Class<?> type) throws IOException {
        return new KernelRules(type).check();
    }

    /** Returns the broken rules of a kernel class as if it had been compiled without {@code -g}. */
    static List<String> brokenWithoutVariables(Class<?> type) throws IOException {
        var rules = new KernelRules(type);
        for (Method method : rules.parse(type.getName()).getMethods()) {
            Code code = method.getCode();
            code.setAttributes(Arrays.stream(code.getAttributes()).filter(each -> !(each instanceof LocalVariableTable)).toArray(Attribute[]::new));
        }
        return rules.check();
    }

    private List<String> check() throws IOException {
        for (Class<?> type = kernel; type != null && type != Kernel.class; type = type.getSuperclass()) {
            for (Field field : parse(type.getName()).getFields()) check(type.getSimpleName(), field);
        }
        if (!Modifier.isAbstract(kernel.getModifiers())) {
            follow(kernel.getName(), "run", "()V");
            while (!open.isEmpty()) check(open.remove());
        }
        return new ArrayList<>(broken);
    }

    private JavaClass parse(String name) throws IOException {
        JavaClass known = parsed.get(name);
        if (known != null) return known;
        try (var stream = KernelRules.class.getResourceAsStream("/" + name.replace('.', '/') + ".class")) {
            JavaClass made = new ClassParser(stream, name).parse();
            parsed.put(name, made);
            return made;
        }
    }

    private void check(String type, Field field) {
        String name = type + "." + field.getName();
        if (field.isStatic() && field.isFinal()) return;
        if (field.getType() == BasicType.BOOLEAN) {
            broken.add(name + " is boolean, which ends the JVM.");
        } else if (field.getType() instanceof ArrayType array) {
            if (!field.isFinal()) broken.add(name + " is an array and not final.");
            if (array.getDimensions() > 1 || !ITEMS.contains(array.getElementType())) broken.add(name + " is an array of " + array.getElementType() + ".");
        } else if (!SCALARS.contains(field.getType())) {
            broken.add(name + " is a " + field.getType() + ", not a number or an array.");
        }
        if (field.isStatic()) broken.add(name + " is static and can change.");
    }

    /** Notes the method that a call from a kernel reaches, looking from a class upwards. */
    private void follow(String from, String name, String signature) throws IOException {
        for (JavaClass type = parse(from); ; type = parse(type.getSuperclassName())) {
            for (Method method : type.getMethods()) {
                if (!method.getName().equals(name) || !method.getSignature().equals(signature)) continue;
                if (type.getClassName().equals(Kernel.class.getName())) {
                    if (!isMapped(name)) broken.add(kernel.getSimpleName() + " calls Kernel." + name + ", which is the host's.");
                } else if (seen.add(type.getClassName() + "." + name + signature)) {
                    open.add(new Place(type, method));
                }
                return;
            }
            if (type.getClassName().equals("java.lang.Object")) return;
        }
    }

    /** Tells whether Aparapi has words of OpenCL for a method of its own. */
    private static boolean isMapped(String name) {
        return Arrays.stream(Kernel.class.getDeclaredMethods()).filter(method -> method.getName().equals(name))
                .flatMap(method -> Arrays.stream(method.getAnnotations()))
                .anyMatch(mark -> mark.annotationType().getSimpleName().matches("OpenCLMapping|OpenCLDelegate"));
    }

    private void check(Place place) throws IOException {
        String name = place.name();
        Method method = place.method();
        if (method.getCode() == null) return;
        if (method.getLocalVariableTable() == null) {
            if (method.getArgumentTypes().length > 0 || !method.isStatic()) {
                broken.add(name + " has no table of local variables, without which Aparapi never returns.");
            }
        } else {
            for (var variable : method.getLocalVariableTable().getLocalVariableTable()) {
                if (WORDS_OF_OPENCL.contains(variable.getName())) broken.add(name + " has a variable " + variable.getName() + ", a word of OpenCL.");
            }
        }
        if (method.getCode().getExceptionTable().length > 0) broken.add(name + " catches something.");
        var pool = new ConstantPoolGen(place.owner().getConstantPool());
        var list = new InstructionList(method.getCode().getCode());
        for (InstructionHandle handle : list) check(name, handle.getInstruction(), pool);
        checkLoops(name, list);
    }

    private void check(String name, Instruction instruction, ConstantPoolGen pool) throws IOException {
        if (instruction instanceof Select) broken.add(name + " has a switch.");
        if (instruction instanceof FREM) broken.add(name + " has a remainder of floats.");
        if (instruction instanceof PUTFIELD || instruction instanceof PUTSTATIC) broken.add(name + " writes a field.");
        if (instruction instanceof ARRAYLENGTH) broken.add(name + " asks for the length of an array, as a loop over an array does.");
        if (instruction instanceof ATHROW || instruction instanceof MONITORENTER) broken.add(name + " throws or locks.");
        if (instruction instanceof NEW || instruction instanceof ANEWARRAY || instruction instanceof MULTIANEWARRAY) broken.add(name + " makes an object.");
        if (instruction instanceof INSTANCEOF || instruction instanceof CHECKCAST) broken.add(name + " asks for a type.");
        if (instruction instanceof GETSTATIC read) {
            broken.add(name + (read.getFieldName(pool).equals("$assertionsDisabled") ? " has an assert." : " reads a static field."));
        }
        boolean isDouble = instruction instanceof TypedInstruction typed && !(instruction instanceof InvokeInstruction) && typed.getType(pool) == Type.DOUBLE;
        if (isDouble || (instruction instanceof ConversionInstruction && instruction.getName().startsWith("d2"))) {
            broken.add(name + " computes in double, which some devices lack.");
        }
        if (instruction instanceof INVOKEDYNAMIC) {
            broken.add(name + " has a lambda or joins text.");
        } else if (instruction instanceof InvokeInstruction call) {
            check(name, call, pool);
        }
    }

    private void check(String name, InvokeInstruction call, ConstantPoolGen pool) throws IOException {
        String owner = call.getReferenceType(pool).toString();
        String called = call.getMethodName(pool);
        boolean math = owner.equals("java.lang.Math") && MAPPED_MATH.contains(called);
        if (SHARED.contains(owner) || isKernel(owner)) {
            boolean exact = call instanceof INVOKESTATIC || call instanceof INVOKESPECIAL;
            follow(exact ? owner : kernel.getName(), called, call.getSignature(pool));
        } else if (!math) {
            broken.add(name + " calls " + owner + "." + called + ".");
        }
    }

    /** A jump forward from within a loop to behind its end is a break. */
    private void checkLoops(String name, InstructionList list) {
        for (InstructionHandle end : list) {
            if (!(end.getInstruction() instanceof BranchInstruction back) || back.getTarget().getPosition() > end.getPosition()) continue;
            for (InstructionHandle inside = back.getTarget(); inside != end; inside = inside.getNext()) {
                if (inside.getInstruction() instanceof GotoInstruction jump && jump.getTarget().getPosition() > end.getPosition()) {
                    broken.add(name + " leaves a loop by a break.");
                }
            }
        }
    }

    private static boolean isKernel(String owner) {
        try {
            return Kernel.class.isAssignableFrom(Class.forName(owner));
        } catch (ClassNotFoundException absent) {
            return false;
        }
    }
}
