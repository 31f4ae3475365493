using Dragoman.Engine.Conversations;
using Dragoman.Engine.Deliveries;

namespace Dragoman.Engine.Ports;

/// <summary>A device is there.</summary>
/// <param name="At">Unix milliseconds.</param>
public sealed record PutClientDevice(ClientDevice Device, long At) : StoreChange(Device.App)
{
    public override int OrderingKey => HashCode.Combine(App, Device.User);
}

/// <summary>Forgets devices of a user and dialect that were not seen for long, and those that are too many; not this one.</summary>
/// <param name="Device">The one that stays.</param>
/// <param name="Kept">How many may be known, this one included.</param>
/// <param name="SeenBefore">Unix milliseconds.</param>
public sealed record ForgetClientDevices(ClientDevice Device, int Kept, long SeenBefore) : StoreChange(Device.App)
{
    public override int OrderingKey => HashCode.Combine(App, Device.User);
}

/// <summary>A device has everything up to a place; it never goes back.</summary>
public sealed record AdvanceDelivery(ClientDevice Device, ConversationKey Conversation, LogPlace Place) : StoreChange(Device.App)
{
    public override int OrderingKey => HashCode.Combine(App, Device.User);
}
