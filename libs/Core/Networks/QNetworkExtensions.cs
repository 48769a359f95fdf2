namespace DqnAspire.Core.Networks;

/// <summary>Shortcuts that hold for networks of every backend.</summary>
public static class QNetworkExtensions
{
    extension(IQNetwork network)
    {
        /// <summary>Number of values in one observation.</summary>
        public int ObservationSize => network.Definition.Observation.Features;

        /// <summary>Number of actions.</summary>
        public int Actions => network.Definition.Head.Actions;

        /// <summary>Number of values that describe the return of one action: 1, or the atoms or quantiles.</summary>
        public int OutputsPerAction => network.Definition.Head.Values.Outputs;

        /// <summary>Short text for people, for example "dense 4-32-32-2".</summary>
        public string Architecture => network.Definition.Name;

        /// <summary>Takes a gradient step on given targets and waits for its loss.</summary>
        /// <param name="batch">Observations, actions and targets.</param>
        /// <param name="errors">Receives TD errors, [count]; may be empty.</param>
        /// <returns>The mean loss over the batch, before the step.</returns>
        public float Train(in TrainingBatch batch, Span<float> errors)
        {
            network.Train(batch);
            return network.ReadLoss(errors);
        }
    }
}
