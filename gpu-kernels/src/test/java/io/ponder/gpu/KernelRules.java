package io.ponder.gpu;

import com.aparapi.Kernel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.bcel.classfile.ClassParser;
import org.apache.bcel.classfile.Field;
import org.apache.bcel.classfile.JavaClass;
import org.apache.bcel.classfile.Method;
import org.apache.bcel.generic.BasicType;
import org.apache.bcel.generic.ConstantPoolGen;
import org.apache.bcel.generic.FREM;
import org.apache.bcel.generic.Instruction;
import org.apache.bcel.generic.InstructionHandle;
import org.apache.bcel.generic.InstructionList;
import org.apache.bcel.generic.InvokeInstruction;
import org.apache.bcel.generic.PUTFIELD;
import org.apache.bcel.generic.Select;

/** Reads the byte code of a kernel class and says what Aparapi cannot translate, or translates wrongly. */
final class KernelRules {
    /** Classes of pure functions that are translated along; they call nothing but themselves. */
    private static final Set<String> SHARED = Set.of(
            "io.ponder.gpu.KernelRandom",
            "io.ponder.engine.tensor.CounterRandom",
            "io.ponder.engine.classic.FloatMath",
            "io.ponder.engine.classic.AcrobotEquations",
            "io.ponder.engine.classic.CartPoleEquations",
            "io.ponder.engine.classic.CostmapBatch",
            "io.ponder.engine.classic.MountainCarEquations",
            "io.ponder.engine.classic.PendulumEquations",
            "io.ponder.engine.classic.SwingUpEquations");

    /** Words of OpenCL C that Java allows as names. */
    private static final Set<String> WORDS_OF_OPENCL = Set.of(
            "half", "quad", "kernel", "global", "local", "constant", "uint", "uchar", "ushort", "ulong", "bool", "complex", "event_t",
            "sampler_t", "float2", "float4", "signed", "unsigned", "struct", "union", "typedef", "sizeof", "extern", "inline", "register");

    private KernelRules() {}

    /** Returns the broken rules of a kernel class, one sentence each. */
    static List<String> broken(Class<?> type) throws IOException {
        List<String> broken = new ArrayList<>();
        try (var stream = type.getResourceAsStream(type.getName().substring(type.getPackageName().length() + 1) + ".class")) {
            JavaClass parsed = new ClassParser(stream, type.getName()).parse();
            for (Field field : parsed.getFields()) check(type, field, broken);
            for (Method method : parsed.getMethods()) {
                if (method.getCode() != null && !method.getName().startsWith("<")) check(type, parsed, method, broken);
            }
        }
        return broken;
    }

    private static void check(Class<?> type, Field field, List<String> broken) {
        if (field.getType() == BasicType.BOOLEAN) {
            broken.add(type.getSimpleName() + "." + field.getName() + " is boolean, which ends the JVM.");
        }
    }

    private static void check(Class<?> type, JavaClass parsed, Method method, List<String> broken) {
        String name = type.getSimpleName() + "." + method.getName();
        if (method.getLocalVariableTable() == null) {
            broken.add(name + " has no table of local variables, without which Aparapi never returns.");
        } else {
            for (var variable : method.getLocalVariableTable().getLocalVariableTable()) {
                if (WORDS_OF_OPENCL.contains(variable.getName())) broken.add(name + " has a variable " + variable.getName() + ", a word of OpenCL.");
            }
        }
        var pool = new ConstantPoolGen(parsed.getConstantPool());
        for (InstructionHandle handle : new InstructionList(method.getCode().getCode())) check(name, handle.getInstruction(), pool, broken);
    }

    private static void check(String name, Instruction instruction, ConstantPoolGen pool, List<String> broken) {
        if (instruction instanceof Select) broken.add(name + " has a switch.");
        if (instruction instanceof FREM) broken.add(name + " has a remainder of floats.");
        if (instruction instanceof PUTFIELD) broken.add(name + " writes a field.");
        if (!(instruction instanceof InvokeInstruction call)) return;
        String owner = call.getReferenceType(pool).toString();
        if (!SHARED.contains(owner) && !isKernel(owner)) broken.add(name + " calls " + owner + "." + call.getMethodName(pool) + ".");
    }

    private static boolean isKernel(String owner) {
        try {
            return Kernel.class.isAssignableFrom(Class.forName(owner));
        } catch (ClassNotFoundException absent) {
            return false;
        }
    }
}
