using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;

namespace Bellhop.Platform.Web;

/// <summary>
/// A use case's method without the arguments that its types read from the request by themselves (<c>BindAsync</c>). The framework would
/// compile code for each of them while it only looks what to say of a route, which took a third of the start.
/// </summary>
internal sealed class DescribedMethod(MethodInfo method) : MethodInfo
{
    private static readonly ConcurrentDictionary<Type, bool> ReadThemselves = new();

    private readonly ParameterInfo[] _described =
    [
        .. method.GetParameters().Where(p => !ReadThemselves.GetOrAdd(p.ParameterType, ReadsItself)),
    ];

    public override ParameterInfo[] GetParameters() => _described;

    public override Type ReturnType => method.ReturnType;
    public override ParameterInfo ReturnParameter => method.ReturnParameter;
    public override ICustomAttributeProvider ReturnTypeCustomAttributes => method.ReturnTypeCustomAttributes;
    public override Type? DeclaringType => method.DeclaringType;
    public override Type? ReflectedType => method.ReflectedType;
    public override Module Module => method.Module;
    public override string Name => method.Name;
    public override MethodAttributes Attributes => method.Attributes;
    public override RuntimeMethodHandle MethodHandle => method.MethodHandle;

    public override MethodInfo GetBaseDefinition() => method.GetBaseDefinition();

    public override object[] GetCustomAttributes(bool inherit) => method.GetCustomAttributes(inherit);

    public override object[] GetCustomAttributes(Type attributeType, bool inherit) => method.GetCustomAttributes(attributeType, inherit);

    public override IList<CustomAttributeData> GetCustomAttributesData() => method.GetCustomAttributesData();

    public override bool IsDefined(Type attributeType, bool inherit) => method.IsDefined(attributeType, inherit);

    public override MethodImplAttributes GetMethodImplementationFlags() => method.GetMethodImplementationFlags();

    public override object? Invoke(object? obj, BindingFlags invokeAttr, Binder? binder, object?[]? parameters, CultureInfo? culture) =>
        throw new NotSupportedException("A described method is not called.");

    private static bool ReadsItself(Type type) =>
        type.GetMethod("BindAsync", BindingFlags.Public | BindingFlags.Static, [typeof(HttpContext), typeof(ParameterInfo)]) is not null;
}
