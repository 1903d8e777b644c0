using Kennel.Core.Domain;

namespace Kennel.Core.Forge;

/// <summary>Reads deliveries of Forgejo, and of servers that speak as it does.</summary>
public static class ForgeEvents
{
    /// <summary>What a delivery says, or everything that is wrong with it.</summary>
    /// <param name="eventName">The event's name as the header tells it, such as <c>push</c>.</param>
    /// <param name="body">The JSON body.</param>
    public static Validation<Problem, ForgeMessage> Read(string eventName, string body) =>
        Fail<Problem, ForgeMessage>(Problem.Of("the event", eventName + body, "nothing yet"));
}
