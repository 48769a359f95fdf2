using DqnAspire.Core.Networks;

namespace DqnAspire.NeuralNetworks.Tests.Reference;

/// <summary>Losses of one sample in double precision, from their papers' formulas.</summary>
internal static class ReferenceLoss
{
    public static double Of(LossDefinition loss, HeadDefinition head, double[] outputs, int action, double[] target)
    {
        var taken = outputs.Skip(action * head.Values.Outputs).Take(head.Values.Outputs).ToArray();
        return loss switch
        {
            SquaredError => Math.Pow(target[0] - taken[0], 2),
            SquaredErrorOverActions => outputs.Zip(target, (q, y) => (y - q) * (y - q)).Average(),
            HuberLoss => Huber(target[0] - taken[0]),
            CategoricalCrossEntropy => CrossEntropy(taken, target),
            QuantileHuberLoss => Quantile(taken, target),
            _ => throw new NotSupportedException(loss.Name),
        };
    }

    private static double Huber(double error) => Math.Abs(error) <= 1 ? error * error / 2 : Math.Abs(error) - 0.5;

    private static double CrossEntropy(double[] logits, double[] target)
    {
        var sum = logits.Sum(Math.Exp);
        return -target.Zip(logits, (p, x) => p * Math.Log(Math.Exp(x) / sum)).Sum();
    }

    private static double Quantile(double[] theta, double[] target) => Enumerable.Range(0, theta.Length).Sum(i =>
        target.Average(y => Math.Abs(((i + 0.5) / theta.Length) - (y < theta[i] ? 1 : 0)) * Huber(y - theta[i])));
}
