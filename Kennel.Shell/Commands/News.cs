using Kennel.Core.Views;
using Kennel.Shell.Commands.Text;

namespace Kennel.Shell.Commands;

/// <summary>Tells whoever waits what a branch waits for, each thing once.</summary>
internal sealed class News(Terminal terminal)
{
    private string _last = string.Empty;

    public void Tell(WhyView why) =>
        why
            .Notes.Filter(note => note.Kind != "orphan")
            .Map(note => note.What)
            .HeadOrNone()
            .Filter(text => text != _last)
            .Iter(text =>
            {
                _last = text;
                terminal.Say(Line.Clean(text));
            });
}
