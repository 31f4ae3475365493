using System.ComponentModel.DataAnnotations;

namespace Dragoman.Server.Configuration;

/// <summary>Reads sections of the configuration into options.</summary>
internal static class Sections
{
    /// <summary>Binds a section and reports each value that cannot be read, is out of range, or has a name nobody knows.</summary>
    /// <param name="options">Objects that share the section, each with names of its own.</param>
    public static void Bind(IConfiguration configuration, string name, ConfigurationFaults faults, params object[] options)
    {
        var properties = options
            .SelectMany(o => o.GetType().GetProperties().Where(p => p.CanWrite).Select(p => (Owner: o, Property: p)))
            .ToDictionary(p => p.Property.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var child in configuration.GetSection(name).GetChildren())
        {
            if (!properties.TryGetValue(child.Key, out var target))
            {
                faults.Add(child.Path, "is not an option of this section");
                continue;
            }

            try
            {
                target.Property.SetValue(target.Owner, child.Get(target.Property.PropertyType));
            }
            catch (InvalidOperationException)
            {
                faults.Add(child.Path, $"\"{child.Value}\" is no {target.Property.PropertyType.Name}");
            }
        }

        foreach (var option in options)
        {
            var results = new List<ValidationResult>();
            Validator.TryValidateObject(option, new ValidationContext(option), results, validateAllProperties: true);
            foreach (var result in results)
                faults.Add($"{name}:{string.Join(',', result.MemberNames)}", result.ErrorMessage ?? "is not valid");
        }
    }
}
